import type { Run } from '../run/run-scenario.js'

/**
 * What must hold once nobody wants anything any more: the page is silent, and no lock is held.
 *
 * What a page does outside of its own tasks would not end with the page: there the simulation itself is wrong.
 */
export function afterwards({ world, user }: Run): string[] {
  const { clock, computer, live, sends } = world
  const problems: string[] = []
  for (const { process } of user.tabs) {
    if (clock.isBusy(process)) problems.push(`RESTLESS ${process.name} still has something to do`)
  }
  if (sends.all.some(({ tab }) => tab === clock.world.name))
    problems.push('ASTRAY a page has sent something outside of its own tasks')
  if (live.size > 0) problems.push(`RESTLESS ${live.size} requests are still under way`)
  if (computer.locks.heldNames.length > 0) problems.push('LOCKS are still held')
  return problems
}
