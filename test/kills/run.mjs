import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

// The rounds are TypeScript and use the public names, which lead to the source.
const campaign = fileURLToPath(new URL('campaign.ts', import.meta.url))
const { module } = await runnerImport(campaign, {
  configFile: false,
  logLevel: 'error',
  resolve: { tsconfigPaths: true },
})
const failed = await module.runCampaign(process.argv.slice(2))
process.exit(failed > 0 ? 1 : 0)
