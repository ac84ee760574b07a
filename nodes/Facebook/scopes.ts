/** https://developers.facebook.com/documentation/pages-api/posts */
export const scopes = {
	write: ['pages_manage_posts', 'pages_read_engagement', 'pages_show_list', 'business_management'],
	extended: ['pages_manage_engagement', 'pages_read_user_content', 'read_insights'],
} as const;
