import { signal } from "@preact/signals";

/** What the live region says to a screen reader. */
export const announcement = signal("");

export function announce(text: string): void {
  // The same text twice is read only once, so a space that nobody hears tells them apart.
  announcement.value = announcement.value === text ? `${text}\u00A0` : text;
}
