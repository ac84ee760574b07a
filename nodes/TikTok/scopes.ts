/** https://developers.tiktok.com/doc/tiktok-api-scopes */
export const scopes = {
	write: ['user.info.basic', 'user.info.profile', 'video.publish'],
	extended: ['video.upload', 'video.list'],
} as const;
