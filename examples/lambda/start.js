// Runs the function on this computer: every request becomes an event, as a function URL makes it.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { handler } from './function.js'

function eventOf({ method, url, headers }, body) {
  const { pathname, search } = new URL(url, `http://${headers.host}`)
  const http = { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' }
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers,
    requestContext: { domainName: headers.host, stage: '$default', http },
    body: body.toString('base64'),
    isBase64Encoded: true,
  }
}

const server = createServer(async (request, response) => {
  if (request.url === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(await readFile('public/index.html'))
    return
  }
  const answer = await handler(eventOf(request, await buffer(request)), {})
  response.writeHead(answer.statusCode, answer.headers)
  response.end(Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8'))
})
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.warn(`Open http://127.0.0.1:${server.address().port}`)
})
