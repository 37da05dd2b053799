import { kindOfOrder, placeFaults, type ProposeRequest } from "../read-proposal.ts";
import { fillMatrices } from "./fill-matrices.ts";
import type { MatrixProvider } from "./matrix-provider.ts";

type Entry = Readonly<Record<string, unknown>>;

/**
 * A question for slots with the provider's matrices, in which the new order has its rows too. Errors as `fillMatrices`, with pointers into
 * the request.
 */
export async function fillProposal(request: ProposeRequest, provider: MatrixProvider): Promise<ProposeRequest> {
  const problem = request.problem as Entry;
  const kind = kindOfOrder(request);
  const list = `${kind}s`;
  const others = (problem[list] ?? []) as readonly unknown[];
  try {
    // What it gives has the shape of what it was given.
    const filled = (await fillMatrices({ ...problem, [list]: [...others, request[kind]] }, provider)) as Entry;
    const orders = filled[list] as readonly unknown[];
    return { ...request, problem: { ...filled, [list]: orders.slice(0, -1) }, [kind]: orders.at(-1) };
  } catch (error) {
    throw placeFaults(error, kind, others.length);
  }
}
