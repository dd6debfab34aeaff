// The function, for a function URL, an API Gateway (HTTP or REST API) or a load balancer.
import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import { signing } from './signing.js'

const app = new Hono()
app.all('/api/s3', (context) => signing(context.req.raw))

export const handler = handle(app)
