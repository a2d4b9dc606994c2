/** Where clouds put the metadata service of each machine: HTTP, behind the fabric. Source: RFC 3927 addresses, AWS IMDS. */
export const metadataService = {address: '169.254.169.254', protocol: 'tcp', port: 80} as const;
