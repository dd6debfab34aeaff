/** The server kit on Node: listeners for its HTTP server, and options from the environment. */

export type { Environment } from './clean-environment.js'
export { type ConfigFromEnv, type ConfigFromEnvOptions, configFromEnv } from './config-from-env.js'
export type { NodeResponse } from './send-response.js'
export { type NodeListener, toNodeListener } from './to-node-listener.js'
export type { NodeRequest } from './web-request.js'
