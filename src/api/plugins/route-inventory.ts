import type { ApiServer } from "../api-server.ts";

export interface RouteInventory {
  /** Methods some route takes at that path; none when no route matches. */
  methodsOf(path: string): readonly string[];
}

/** Remembers every route as it is declared, so that a wrong method is told from an unknown path. */
export function createRouteInventory(app: ApiServer): RouteInventory {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook("onRoute", ({ url, method }) => {
    if (!url.includes("*")) routes.push({ pattern: toPattern(url), methods: [method].flat() });
  });
  return {
    methodsOf: (path) =>
      [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap((r) => r.methods))].sort(),
  };
}

function toPattern(url: string): RegExp {
  const escaped = url.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/:[A-Za-z]+/g, "[^/]+")}$`);
}
