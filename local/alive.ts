/** Whether the process that wrote a file then (milliseconds since 1970) has ended. In a container it has the number of the one that asks, which then began later. */
export function hasEnded(pid: number, wroteAt: number): boolean {
  return pid === process.pid ? wroteAt < performance.timeOrigin : !isAlive(pid);
}

/** Whether a process of this machine runs. One of another user cannot be asked, but it does. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
