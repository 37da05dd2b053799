/** The routes that serve something. */
export function listUsed<T extends ArrayLike<number>>(routes: readonly T[]): T[] {
  return routes.filter((route) => route.length > 0);
}

/** The routes, then empty ones up to `count`. */
export function padRoutes(routes: readonly Int32Array[], count: number): Int32Array[] {
  return Array.from({ length: count }, (_, at) => routes[at] ?? new Int32Array(0));
}
