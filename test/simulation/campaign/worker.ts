import '../install.js'
import { setInterval } from 'node:timers'
import { stepsTaken } from '../clock/clock.js'
import type { Job, WorkerMessage } from './messages.js'
import { runOne } from './run-one.js'

const signOfLifeMs = 5000

const send = (message: WorkerMessage) => process.send?.(message)

async function work(job: Job): Promise<void> {
  for (const run of job.runs) send({ kind: 'outcome', outcome: await runOne(run, job) })
}

let told = 0
setInterval(() => {
  const steps = stepsTaken()
  if (steps !== told) send({ kind: 'alive' })
  told = steps
}, signOfLifeMs)

process.on('message', (job: Job) => void work(job))
process.on('disconnect', () => process.exit(0))
