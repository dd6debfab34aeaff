// The same function for an app of Express.
import express from 'express'
import { toNodeListener } from 's3-direct-upload/server/node'
import serverless from 'serverless-http'
import { signing } from './signing.js'

const app = express()
app.all('/api/s3', toNodeListener(signing))

export const handler = serverless(app)
