import { contentOf } from './contents.js'
import { createDriver, type Driver } from './driver.js'
import { createNodeTransport } from './node-transport.js'
import type { Scenario } from './scenario.js'
import type { Site } from './site.js'
import type { Tab, Visitor } from './tab.js'
import { installWindowEvents } from './window-events.js'

const lastModified = Date.parse('2026-01-01')

/** Uploads without a browser: the plugin on Uppy's core, over real HTTP. */
export function createNodeVisitor({ seed, options }: Scenario, site: Site): Visitor {
  installWindowEvents()
  const drivers: Driver[] = []
  return {
    async openTab(): Promise<Tab> {
      const transport = createNodeTransport(site.url)
      const driver = createDriver({ ...options, endpoint: `${site.url}/api/s3`, transport })
      drivers.push(driver)
      return {
        errors: [],
        async add(files) {
          driver.add(
            files.map((file) => new File([contentOf(seed, file)], file.name, { lastModified })),
          )
        },
        pause: async (name) => driver.pause(name),
        resume: async (name) => driver.resume(name),
        pauseAll: async () => driver.pauseAll(),
        resumeAll: async () => driver.resumeAll(),
        remove: async (name) => driver.remove(name),
        cancelAll: async () => driver.cancelAll(),
        retry: async () => driver.retry(),
        look: async () => driver.look(),
        discardInterrupted: async () => undefined,
        reload: () => Promise.reject(new Error('Only a page can be loaded anew.')),
        close: async () => undefined,
      }
    },
    changeFile: () => Promise.reject(new Error('No file lies on a disk.')),
    hide: () => Promise.reject(new Error('Only a page can be hidden.')),
    async goOffline() {
      const lift = site.goOffline()
      return async () => lift()
    },
    async close() {
      for (const driver of drivers) driver.destroy()
    },
  }
}
