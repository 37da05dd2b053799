import { text } from "../state/text.ts";
import { findMessage } from "../text/messages.ts";
import { language } from "../state/address.ts";
import type { ReasonAnswer } from "./recommendation-types.ts";

/** Why an item is in the list, in the reader's words; a kind that has none yet shows as it is. */
export function describeReason(reason: ReasonAnswer): string {
  const { kind, withItemId: item = "", support = 0, orders = 0, on = "", market } = reason;
  if (kind === "bought-together") return text("reason.bought-together", { item, support });
  if (kind === "viewed-next") return text("reason.viewed-next", { item });
  if (kind === "bought-before") return text("reason.bought-before", { orders, on });
  if (kind === "popular" && typeof market === "string") return text("reason.popular-in", { market });
  return findMessage(language.value, `reason.${kind}`) ?? kind;
}
