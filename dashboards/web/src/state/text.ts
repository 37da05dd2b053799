import { translate, type MessageKey, type MessageParams } from "../text/messages.ts";
import { language } from "./address.ts";

/** The message of a key in the language of the address. A component that calls it follows the language. */
export function text(key: MessageKey, params?: MessageParams): string {
  return translate(language.value, key, params);
}
