export { hasInvalidCharacters, parseTweet } from 'twitter-text';
