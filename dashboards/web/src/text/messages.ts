import en from "../../messages/en.json" with { type: "json" };
import zh from "../../messages/zh.json" with { type: "json" };

export type Language = "en" | "zh";
export type MessageKey = keyof typeof en;
export type MessageParams = Readonly<Record<string, string | number>>;

const CATALOGUES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, zh };

/** The message of a key that may not exist, such as that of a value the data happens to hold. */
export function findMessage(language: Language, key: string): string | undefined {
  const catalogue: Readonly<Record<string, string>> = CATALOGUES[language];
  return catalogue[key];
}

/** The message of a key with its `{name}` places filled. */
export function translate(language: Language, key: MessageKey, params: MessageParams = {}): string {
  return CATALOGUES[language][key].replaceAll(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));
}
