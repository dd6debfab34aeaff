/** This folder is a project of its own, also inside a repository with a lock file above it. */
export default { turbopack: { root: import.meta.dirname } }
