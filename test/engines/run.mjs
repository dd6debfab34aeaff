import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

// The rows are TypeScript; the servers they talk to are the source, the page is built from `dist`.
const { module } = await runnerImport(fileURLToPath(new URL('run-engines.ts', import.meta.url)), {
  configFile: false,
  logLevel: 'error',
  resolve: { tsconfigPaths: true },
})
process.exit(await module.runEngines(process.argv.slice(2)))
