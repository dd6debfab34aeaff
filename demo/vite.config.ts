import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv, type Plugin } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const project = fileURLToPath(new URL('..', import.meta.url))

/** Runs the demo's back end inside the development server, and the test S3 beside it. */
function demoServer(): Plugin {
  return {
    name: 'demo-server',
    apply: 'serve',
    async configureServer(server) {
      // Loaded by Vite's own loader, which knows the package's public names.
      const { openStorage } = await server.ssrLoadModule('/storage.ts')
      const { createDemoServer } = await server.ssrLoadModule('/demo-server.ts')
      const env = { ...loadEnv(server.config.mode, project, ''), ...process.env }
      const storage = await openStorage(env, `${project}.demo-bucket`)
      for (const [path, listener] of Object.entries<never>(createDemoServer(storage))) {
        server.middlewares.use(path, listener)
      }
      server.httpServer?.once('close', () => void storage.close())
      server.config.logger.info(`\n  Files go to ${storage.description}\n`)
    },
  }
}

export default defineConfig({
  root,
  envDir: project,
  plugins: [react(), demoServer()],
  resolve: { tsconfigPaths: true },
  server: { port: 5173, open: process.stdout.isTTY && !process.env.CI },
})
