import { type LineOptions, startLine } from '../line/start-line.js'
import { serveCalls } from './serve-calls.js'

export type LineProcess = {
  /** Gives a server a port at the far end of the line. */
  open: (port: number) => Promise<number>
}

serveCalls<LineOptions, LineProcess>((options) => {
  const line = startLine(options)
  return { open: (port) => line.open(port) }
})
