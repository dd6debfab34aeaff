import { refusalIn } from './attack-client.js'
import type { AttackTarget } from './attack-target.js'

/** How each body ends; the handler has to be at work after the last of them. */
export async function sendBodies(
  target: AttackTarget,
  bodies: Iterable<string | Uint8Array>,
): Promise<readonly string[]> {
  const endings: string[] = []
  for (const body of bodies) endings.push(refusalIn(await target.send(body)))
  await target.sign()
  return endings
}
