// biome-ignore-start lint/correctness/useImportExtensions: JSON keeps its extension.
import postPolicies from './vectors/post-policies.json'
import presignedUrls from './vectors/presigned-urls.json'
import signedRequests from './vectors/signed-requests.json'

// biome-ignore-end lint/correctness/useImportExtensions: JSON keeps its extension.

export { postPolicies, presignedUrls, signedRequests }
