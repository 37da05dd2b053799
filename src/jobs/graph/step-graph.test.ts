import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createStepGraph, selectSteps } from "./step-graph.ts";
import type { Step } from "./step.ts";

const step = (name: string, inputs: string[], outputs: string[]): Step<null> => ({
  name,
  inputs,
  outputs,
  run: async () => ({ rowsIn: 0, rowsOut: 0, figures: {} }),
});

const names = (steps: readonly Step<null>[]): string[] => steps.map(({ name }) => name);

test("a step comes after the steps whose outputs it reads, else in the order of declaration", () => {
  const graph = createStepGraph(
    [
      step("release", ["marts", "model"], ["release"]),
      step("ingest", ["files"], ["facts"]),
      step("fit", ["marts"], ["model"]),
      step("marts", ["facts"], ["marts"]),
    ],
    ["files"],
  );
  expect(names(graph.steps)).toEqual(["ingest", "marts", "fit", "release"]);
});

test("a graph that cannot run is refused when it is made", () => {
  expect(() => createStepGraph([step("a", ["y"], ["x"]), step("b", ["x"], ["y"])], [])).toThrow(
    "Steps a, b wait for each other",
  );
  expect(() => createStepGraph([step("a", ["x"], ["x"])], [])).toThrow("Steps a wait for each other");
  expect(() => createStepGraph([step("a", ["nothing"], [])], [])).toThrow(
    'Step a reads "nothing", which no step makes',
  );
  expect(() => createStepGraph([step("a", [], ["x"]), step("b", [], ["x"])], [])).toThrow('Both a and b make "x"');
  expect(() => createStepGraph([step("a", [], []), step("a", [], [])], [])).toThrow("Two steps are called a");
});

test("--only keeps graph order and refuses unknown names", () => {
  const graph = createStepGraph([step("a", [], ["x"]), step("b", ["x"], ["y"]), step("c", ["y"], [])], []);
  expect(names(selectSteps(graph, ["c", "a"]))).toEqual(["a", "c"]);
  expect(names(selectSteps(graph, []))).toEqual(["a", "b", "c"]);
  expect(() => selectSteps(graph, ["d"])).toThrow("No step is called d; the steps are a, b, c");
});

test("any acyclic graph, declared in any order, is ordered so that makers come first", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 12 }),
      fc.infiniteStream(fc.nat()),
      (links, shuffle) => {
        const steps = links.map((link, i) => step(`s${i}`, i === 0 ? [] : link.map((nat) => `o${nat % i}`), [`o${i}`]));
        const declared = steps
          .map((declaredStep) => ({ declaredStep, key: shuffle.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ declaredStep }) => declaredStep);
        const ordered = createStepGraph(declared, []).steps;
        expect(ordered).toHaveLength(steps.length);
        const made = new Set<string>();
        for (const next of ordered) {
          expect(next.inputs.every((input) => made.has(input))).toBe(true);
          for (const output of next.outputs) made.add(output);
        }
      },
    ),
  );
});
