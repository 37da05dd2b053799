import type { FieldFault } from "../../core/errors.ts";
import type { Dashboard, DashboardCard } from "./dashboard.ts";
import type { MetricCatalogue } from "./metric.ts";
import { createSchemaCheck } from "./schema-check.ts";
import type { ValuePath, YamlFile } from "./yaml-file.ts";
import { readYamlFolder, reportFaults } from "./yaml-folder.ts";

/**
 * Reads every page of the folder, in menu order. Throws `DASHBOARD_INVALID` with all faults of all files: schema,
 * metrics that do not exist, dimensions a metric cannot be cut by, ids used twice.
 */
export function loadDashboards(folder: string, catalogue: MetricCatalogue): Dashboard[] {
  const checkSchema = createSchemaCheck("dashboard");
  const faults: FieldFault[] = [];
  const pages: Dashboard[] = [];
  for (const file of readYamlFolder(folder)) {
    const found = checkSchema(file);
    faults.push(...found);
    if (found.length > 0) continue;
    // The schema has just proved the shape; only `order` may be missing.
    const page = { order: Number.MAX_SAFE_INTEGER, ...(file.value as Omit<Dashboard, "order">) };
    faults.push(...checkPage(file, page, catalogue));
    pages.push(page);
  }
  if (faults.length > 0) throw reportFaults(faults);
  return pages.sort((left, right) => left.order - right.order || (left.id < right.id ? -1 : 1));
}

function checkPage(file: YamlFile, page: Dashboard, catalogue: MetricCatalogue): FieldFault[] {
  const faults: FieldFault[] = [];
  if (page.id !== file.stem) {
    faults.push(file.fault(["id"], `is "${page.id}"; it must be "${file.stem}", as the file is called.`));
  }
  page.cards.forEach((card, index) => {
    if (page.cards.findIndex((other) => other.id === card.id) < index) {
      faults.push(file.fault(["cards", index, "id"], `is "${card.id}", which another card of the page has already.`));
    }
    faults.push(...checkCard(file, ["cards", index], card, catalogue));
  });
  page.filters.forEach((filter, index) => {
    const name = filter.kind === "dimension" ? filter.dimension : filter.kind;
    const same = page.filters.findIndex(
      (other) => (other.kind === "dimension" ? other.dimension : other.kind) === name,
    );
    if (same < index) faults.push(file.fault(["filters", index], `offers ${name} a second time.`));
    if (filter.kind !== "dimension") return;
    for (const card of page.cards) {
      const metric = card.metrics
        .map((each) => catalogue.metrics.get(each))
        .find((each) => each && !each.grain.includes(filter.dimension));
      if (metric === undefined) continue;
      faults.push(
        file.fault(
          ["filters", index, "dimension"],
          `is "${filter.dimension}", but ${metric.name} of card "${card.id}" can be filtered by ${metric.grain.join(", ")} only.`,
        ),
      );
    }
  });
  return faults;
}

function checkCard(file: YamlFile, path: ValuePath, card: DashboardCard, catalogue: MetricCatalogue): FieldFault[] {
  const faults: FieldFault[] = [];
  card.metrics.forEach((name, index) => {
    const metric = catalogue.metrics.get(name);
    if (metric === undefined) {
      const known = [...catalogue.metrics.keys()].join(", ");
      faults.push(file.fault([...path, "metrics", index], `is "${name}", which is no metric; known are ${known}.`));
    } else if (card.dimension !== undefined && !metric.grain.includes(card.dimension)) {
      const accepted = metric.grain.join(", ");
      faults.push(
        file.fault([...path, "dimension"], `is "${card.dimension}", but ${name} can be cut by ${accepted} only.`),
      );
    }
  });
  const sortable = [...card.metrics, ...(card.dimension === undefined ? [] : [card.dimension])];
  if (card.sort !== undefined && !sortable.includes(card.sort.by)) {
    faults.push(
      file.fault([...path, "sort", "by"], `is "${card.sort.by}"; the card can be sorted by ${sortable.join(", ")}.`),
    );
  }
  return faults;
}
