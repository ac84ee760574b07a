import twitterText from 'twitter-text';

// The package's ES module has only a default export.
export const { extractCashtags, extractUrls, hasInvalidCharacters, parseTweet } = twitterText;
