import {
  type AppProcess,
  type AppServerOptions,
  startAppServer,
} from '../server/start-app-server.js'
import { serveCalls } from './serve-calls.js'

serveCalls<AppServerOptions, AppProcess>(startAppServer)
