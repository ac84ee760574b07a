module.exports = globalThis.sharedModule('@n8n/di');
