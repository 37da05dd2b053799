import { join } from "node:path";
import { fail, type FieldFault } from "../../core/errors.ts";
import { packageRoot } from "../../core/paths.ts";
import { createSchemaCheck } from "../../warehouse/metrics/schema-check.ts";
import type { YamlFile } from "../../warehouse/metrics/yaml-file.ts";
import { readYamlFolder } from "../../warehouse/metrics/yaml-folder.ts";
import type { Experiment } from "./experiment.ts";

/** Folder of the experiments that come with the product. */
export function experimentsFolder(): string {
  return join(packageRoot(), "dashboards", "experiments");
}

/**
 * Reads every experiment of the folder, in the order of their days. Throws `EXPERIMENT_INVALID` with all faults of all
 * files: schema, days out of order, ids used twice, two experiments on the same day.
 */
export function loadExperiments(folder: string): Experiment[] {
  const checkSchema = createSchemaCheck("experiment");
  const faults: FieldFault[] = [];
  const experiments: Experiment[] = [];
  for (const file of readYamlFolder(folder)) {
    const found = checkSchema(file);
    faults.push(...found);
    if (found.length > 0) continue;
    // The schema has just proved the shape.
    const experiment = file.value as Experiment;
    faults.push(...checkExperiment(file, experiment, experiments));
    experiments.push(experiment);
  }
  if (faults.length > 0) {
    const lines = faults.map((fault) => `${fault.pointer} ${fault.message}`);
    throw fail("EXPERIMENT_INVALID", lines.join("\n"), { errors: faults });
  }
  return experiments.sort((left, right) => (left.startsOn < right.startsOn ? -1 : 1));
}

function checkExperiment(file: YamlFile, experiment: Experiment, others: readonly Experiment[]): FieldFault[] {
  const { id, startsOn, endsOn, variants, candidates = [] } = experiment;
  const faults: FieldFault[] = [];
  if (id !== file.stem)
    faults.push(file.fault(["id"], `is "${id}"; it must be "${file.stem}", as the file is called.`));
  for (const [name, day] of Object.entries({ startsOn, endsOn })) {
    if (!isDay(day)) faults.push(file.fault([name], `is "${day}", which is no day of the calendar.`));
  }
  if (endsOn < startsOn) faults.push(file.fault(["endsOn"], `is ${endsOn}; it must not lie before ${startsOn}.`));
  variants.forEach((variant, index) => {
    if (variants.findIndex((other) => other.id === variant.id) < index) {
      faults.push(file.fault(["variants", index, "id"], `is "${variant.id}", which another variant has already.`));
    }
  });
  candidates.forEach((candidate, index) => {
    if (candidates.findIndex((other) => other.id === candidate.id) < index) {
      faults.push(
        file.fault(["candidates", index, "id"], `is "${candidate.id}", which another candidate has already.`),
      );
    }
  });
  if (candidates.length > 0 && variants.every(({ exploration }) => exploration === undefined)) {
    const message = "is stated, but no variant explores: nothing would tell about them; give one an exploration.";
    faults.push(file.fault(["candidates"], message));
  }
  const rival = others.find((other) => other.startsOn <= endsOn && startsOn <= other.endsOn);
  if (rival !== undefined) {
    faults.push(file.fault(["startsOn"], `is ${startsOn}; ${rival.id} runs then, and a customer can be in one only.`));
  }
  return faults;
}

function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}
