import { publicHost } from '../../../nodes/shared/http/host';

it.each([
	'https://example.com/a.jpg',
	'http://sub.example.co.uk:8080/a?b=c#d',
	'https://EXAMPLE.com./a',
	'https://münchen.de/a.jpg',
	'https://8.8.8.8/a',
	'https://172.15.255.255/',
	'https://172.32.0.0/',
	'https://192.167.1.1/',
	'https://100.63.255.255/',
	'https://100.128.0.0/',
	'https://[2606:4700::6810:84e5]/',
	'https://[::ffff:8.8.8.8]/',
	'https://[2002:808:808::1]/',
	'https://localhost.example.com/',
	'https://mylocal.net/',
	'https://contest.org/',
])('%s is public', (url) => {
	expect(publicHost(url)).toBe('public');
});

it.each([
	'http://localhost/a.jpg',
	'http://localhost:5678/',
	'http://LOCALHOST./',
	'http://n8n.localhost/',
	'http://n8n:5678/rest',
	'http://printer.local/',
	'http://nas.lan/',
	'http://vault.internal/',
	'http://box.home.arpa/',
	'http://site.test/',
	'http://a.onion/',
	'http://127.0.0.1/',
	'http://127.255.255.254/',
	'http://2130706433/',
	'http://0x7f.1/',
	'http://0177.0.0.1/',
	'http://127.1/',
	'http://0.0.0.0/',
	'http://10.1.2.3/',
	'http://172.16.0.1/',
	'http://172.31.255.255/',
	'http://192.168.178.1/',
	'http://169.254.169.254/latest/meta-data',
	'http://100.64.0.1/',
	'http://198.18.0.1/',
	'http://192.0.2.1/',
	'http://224.0.0.1/',
	'http://255.255.255.255/',
	'http://[::1]/',
	'http://[::]/',
	'http://[fe80::1]/',
	'http://[fd12:3456::1]/',
	'http://[fc00::1]/',
	'http://[ff02::1]/',
	'http://[2001:db8::1]/',
	'http://[::ffff:127.0.0.1]/',
	'http://[::ffff:a00:1]/',
	'http://[64:ff9b::10.0.0.1]/',
	'http://[2002:a00:1::1]/',
])('%s is private', (url) => {
	expect(publicHost(url)).toBe('private');
});

it.each([
	'',
	'example.com/a.jpg',
	'//example.com/a.jpg',
	'ftp://example.com/a.jpg',
	'file:///etc/passwd',
	'data:image/png;base64,AAAA',
	'javascript:alert(1)',
	'https://',
	'https://user:secret@example.com/a.jpg',
	'https://user@example.com/a.jpg',
	'https://exa mple.com/',
	'https://1.2.3.4.5/',
	'https://[::1/',
])('%j is invalid', (url) => {
	expect(publicHost(url)).toBe('invalid');
});
