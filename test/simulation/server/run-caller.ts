import type { Caller } from './caller.js'
import type { CallerStep } from './server-scenario.js'
import { abort } from './steps/abort.js'
import { complete } from './steps/complete.js'
import { download } from './steps/download.js'
import { list } from './steps/list.js'
import { send } from './steps/send.js'
import { sign } from './steps/sign.js'
import { steal } from './steps/steal.js'

/** Does what the script of a caller says. */
export async function runCaller(caller: Caller, others: readonly Caller[]): Promise<void> {
  for (const step of caller.script.steps) await takeStep(caller, step, others)
}

/** Ends what the script wants to have completed, once nothing fails any more. */
export async function finishCaller(caller: Caller): Promise<void> {
  if (!wantsCompletion(caller)) return
  await sign(caller, {})
  await send(caller, {})
  await complete(caller, {})
}

/** Has all that is complete confirmed once more. */
export async function confirmAgain(caller: Caller): Promise<void> {
  if (wantsCompletion(caller)) await complete(caller, {})
}

/** Whether the last that it does with its uploads is to complete them. */
export function wantsCompletion({ script }: Caller): boolean {
  const last = script.steps.findLast((step) => step.do === 'complete' || step.do === 'abort')
  return last?.do === 'complete'
}

async function takeStep(
  caller: Caller,
  step: CallerStep,
  others: readonly Caller[],
): Promise<void> {
  switch (step.do) {
    case 'sign':
      return sign(caller, step)
    case 'send':
      return send(caller, step)
    case 'list':
      return list(caller, step)
    case 'complete':
      return complete(caller, step)
    case 'abort':
      return abort(caller, step)
    case 'download':
      return download(caller)
    case 'steal':
      return steal(
        caller,
        others.find(({ script }) => script.name === step.from),
      )
    case 'wait':
      return caller.wait(step.ms)
  }
}
