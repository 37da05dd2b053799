/** CPU seconds of this process over all its threads since the returned function was made. */
export function startCpuTimer(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return Math.round((user + system) / 1e4) / 100;
  };
}
