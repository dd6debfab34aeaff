const host = 'abc.execute-api.eu-west-1.amazonaws.com'

const headers = {
  'content-type': 'application/json',
  host,
  origin: `https://${host}`,
}

/**
 * The events that Lambda gets for one POST, by who sends it, with a body as text and in Base64.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads
 */
export function lambdaEvents(path: string, text: string): Readonly<Record<string, object>> {
  return { ...eventsOf(path, text, false), ...eventsOf(path, text, true) }
}

function eventsOf(path: string, text: string, isBase64Encoded: boolean): Record<string, object> {
  const body = isBase64Encoded ? Buffer.from(text).toString('base64') : text
  const sent = { body, isBase64Encoded }
  const ending = isBase64Encoded ? ', in Base64' : ''
  return {
    [`an HTTP API${ending}`]: { ...version2(path), ...sent, routeKey: `ANY ${path}` },
    [`a function URL${ending}`]: { ...version2(path), ...sent, routeKey: '$default' },
    [`a REST API${ending}`]: { ...version1(path), ...sent },
    [`a load balancer${ending}`]: { ...loadBalancer(path), ...sent },
  }
}

function version2(path: string) {
  const http = { method: 'POST', path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1' }
  return {
    version: '2.0',
    rawPath: path,
    rawQueryString: '',
    cookies: ['session=1', 'theme=dark'],
    headers,
    requestContext: { domainName: host, stage: '$default', http },
  }
}

function version1(path: string) {
  const { 'content-type': type, origin } = headers
  const asSent = { 'Content-Type': type, Host: host, Origin: origin, Cookie: 'session=1' }
  return {
    version: '1.0',
    resource: path,
    path,
    httpMethod: 'POST',
    headers: asSent,
    multiValueHeaders: Object.fromEntries(
      Object.entries(asSent).map(([name, value]) => [name, [value]]),
    ),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    requestContext: {
      domainName: host,
      path: `/prod${path}`,
      stage: 'prod',
      httpMethod: 'POST',
      identity: { sourceIp: '192.0.2.1' },
    },
  }
}

function loadBalancer(path: string) {
  const targetGroupArn = 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/uploads/1'
  return {
    requestContext: { elb: { targetGroupArn } },
    httpMethod: 'POST',
    path,
    queryStringParameters: {},
    headers,
  }
}
