import { readFileSync } from 'node:fs'

/** Linux counts CPU time in hundredths of a second on every platform that Node runs on. */
const ticksPerSecond = 100

/** CPU seconds that processes have used together; 0 for those that have ended, or where the system has no `/proc`. */
export function cpuSecondsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + cpuSecondsOfOne(pid), 0)
}

function cpuSecondsOfOne(pid: number): number {
  const stat = readOf(pid, 'stat')
  // The name in parentheses may have spaces; the fields of the page proc(5) are counted after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [user, system] = [fields[11], fields[12]]
  return (Number(user ?? 0) + Number(system ?? 0)) / ticksPerSecond
}

/** Bytes of memory that a process has resident; 0 when it has ended or the system has no `/proc`. */
export function residentBytesOf(pid: number): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readOf(pid, 'status'))?.[1]
  return Number(kibibytes ?? 0) * 1024
}

function readOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return ''
  }
}
