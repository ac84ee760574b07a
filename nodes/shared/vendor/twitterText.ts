import twitterText from 'twitter-text';

// The package's ES module has a default export alone.
export const { extractCashtags, extractUrls, hasInvalidCharacters, parseTweet } = twitterText;
