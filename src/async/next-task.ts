import { systemRuntime } from './runtime.js'

/** Resolves in a task of its own, so that the page can draw and hear its user before the next piece of work. */
export const nextTask = systemRuntime.nextTask
