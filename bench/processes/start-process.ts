import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Answer, Call, Methods } from './serve-calls.js'

/** A process of its own, so that servers, line and browser do not share an event loop. */
export interface RunningProcess<Offered extends Methods> {
  readonly pid: number
  call<Name extends keyof Offered & string>(
    name: Name,
    ...args: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>>
  stop(): Promise<void>
}

const typescriptSource = new URL('../typescript-source.ts', import.meta.url).href

/** Starts a module that calls `serveCalls`, with its options. */
export function startProcess<Offered extends Methods>(
  module: URL,
  options: unknown = {},
): RunningProcess<Offered> {
  const child = fork(fileURLToPath(module), [JSON.stringify(options)], {
    execArgv: ['--import', typescriptSource],
  })
  let calls = 0
  return {
    pid: child.pid ?? 0,
    call(name, ...args) {
      calls += 1
      const call: Call = { id: calls, name, args }
      // The process answers with what the function of this name returned.
      return ask(child, call) as Promise<Awaited<ReturnType<Offered[typeof name]>>>
    },
    async stop() {
      if (child.exitCode !== null) return
      const exit = once(child, 'exit')
      child.kill()
      await exit
    },
  }
}

function ask(child: ChildProcess, call: Call): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      child.off('message', handleMessage)
      child.off('exit', handleExit)
    }
    const handleMessage = (answer: Answer) => {
      if (answer.id !== call.id) return
      settle()
      if (answer.error === undefined) resolve(answer.value)
      else reject(new Error(answer.error))
    }
    const handleExit = () => {
      settle()
      reject(new Error(`The process ended before it answered "${call.name}".`))
    }
    child.on('message', handleMessage)
    child.on('exit', handleExit)
    child.send(call)
  })
}
