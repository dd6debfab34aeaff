import { createSigningHandler } from 's3-direct-upload/server'
import page from './public/index.html'

/** A worker has no `process`: its bindings are the environment. */
function signingHandler(env) {
  return createSigningHandler({
    bucket: env.S3_BUCKET,
    prefix: env.S3_PREFIX,
    region: env.AWS_REGION,
    endpoint: env.AWS_ENDPOINT_URL_S3,
    credentials: {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      sessionToken: env.AWS_SESSION_TOKEN,
    },
    secret: env.S3_UPLOAD_SECRET,
    // Ask your session here who is calling.
    authorize: () => ({ owner: 'everybody' }),
    rules: { maxFileSize: '5GB' },
  })
}

export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    if (pathname === '/api/s3') return await signingHandler(env)(request)
    return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  },
}
