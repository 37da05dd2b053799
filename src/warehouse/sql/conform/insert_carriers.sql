-- Purpose: carriers that shipments name but no list describes. Grain: one row a carrier.
INSERT INTO dim_carrier (carrier_id, name, is_derived)
SELECT DISTINCT shipment.carrier_id, shipment.carrier_id, true
FROM fct_shipment AS shipment
ANTI JOIN dim_carrier AS known ON known.carrier_id = shipment.carrier_id
WHERE shipment.carrier_id IS NOT NULL
ORDER BY shipment.carrier_id;
