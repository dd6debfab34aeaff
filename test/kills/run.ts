import { runCampaign } from './campaign.js'

const failed = await runCampaign(process.argv.slice(2))
process.exit(failed > 0 ? 1 : 0)
