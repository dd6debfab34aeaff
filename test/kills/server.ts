import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { repositoryPath } from '../support/repository-path.js'

/** A test S3 in a process of its own. */
export interface Server {
  readonly url: string
  /** Kills the process, at whatever it is. */
  kill(): Promise<void>
}

/** Starts a test S3 on a directory. */
export async function startServer(directory: string): Promise<Server> {
  const child = spawnServer(directory)
  let errors = ''
  child.stderr.on('data', (text) => {
    errors += text
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line) => resolve(String(line).trim()))
    child.once('close', () => reject(new Error(`The test S3 has not started.\n${errors}`)))
  })
  return { url, kill: () => kill(child) }
}

/** Starts a test S3 and kills it so soon that it may not have started. */
export async function startAndKill(directory: string, afterMs: number): Promise<void> {
  const child = spawnServer(directory)
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
  child.stdout.once('data', () => child.kill('SIGKILL'))
  await once(child, 'close')
  clearTimeout(timer)
}

function spawnServer(directory: string) {
  const loader = repositoryPath('bench/typescript-source.ts')
  const script = repositoryPath('test/kills/server-process.ts')
  const child = spawn(process.execPath, ['--import', loader, script, directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8')
  return child
}

async function kill(child: ReturnType<typeof spawnServer>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'close')
}
