import { type AppServerOptions, startAppServer } from '../server/start-app-server.js'
import { serveCalls } from './serve-calls.js'

export type AppProcess = {
  port: () => number
  /** How many requests to the endpoints came since the last call. */
  takeRequestCount: () => number
}

serveCalls<AppServerOptions, AppProcess>(startAppServer)
