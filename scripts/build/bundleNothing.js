// Replaces a polyfill in a bundle.
