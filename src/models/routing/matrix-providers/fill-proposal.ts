import type { ProposeRequest } from "../propose-slots.ts";
import { fillMatrices } from "./fill-matrices.ts";
import type { MatrixProvider } from "./matrix-provider.ts";

/** A question for slots with the provider's matrices, in which the new job has its row too. Errors as `fillMatrices`. */
export async function fillProposal(request: ProposeRequest, provider: MatrixProvider): Promise<ProposeRequest> {
  const problem = request.problem as { readonly jobs?: readonly unknown[] };
  const joined = { ...problem, jobs: [...(problem.jobs ?? []), request.job] };
  // What it gives has the shape of what it was given.
  const filled = (await fillMatrices(joined, provider)) as { readonly jobs: readonly unknown[] };
  return { ...request, problem: { ...filled, jobs: filled.jobs.slice(0, -1) }, job: filled.jobs.at(-1) };
}
