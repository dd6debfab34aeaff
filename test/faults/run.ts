import { runCampaign } from './campaign.js'

const failed = await runCampaign(process.argv.slice(2))
// Connections that a fault holds open do not keep the run.
process.exit(failed > 0 ? 1 : 0)
