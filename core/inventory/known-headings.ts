// Headings of the exports that people have: without blanks and punctuation, in lower case.
import type {Headings} from './headings.ts';

/** Source: Illumio Core "Workloads" CSV export; ServiceNow `cmdb_ci_server` list export; VMware, Azure and AWS inventories. */
export const inventoryHeadings: Headings = {
	name: [
		...['hostname', 'name', 'host', 'fqdn', 'computername', 'servername', 'vmname', 'assetname', 'ciname'],
		...[
			'workload',
			'workloadname',
			'server',
			'vm',
			'machine',
			'device',
			'devicename',
			'dnsname',
			'instancename',
			'displayname',
		],
	],
	address: [
		...['ip', 'ips', 'ipaddress', 'ipaddresses', 'address', 'addresses', 'interfaces', 'ipv4', 'ipv4address', 'ipv6'],
		...['ipv6address', 'primaryip', 'primaryipaddress', 'privateip', 'privateipaddress', 'publicip', 'publicipaddress'],
	],
	app: [
		'app',
		'application',
		'applicationname',
		'appname',
		'businessapplication',
		'businessservice',
		'service',
		'uapplication',
	],
	role: ['role', 'tier', 'function', 'serverrole', 'component', 'apptier', 'urole', 'layer'],
	env: ['env', 'environment', 'stage', 'usedfor', 'uenvironment', 'lifecycle', 'envtype'],
	loc: ['loc', 'location', 'site', 'datacenter', 'datacentre', 'region', 'dc'],
	managed: ['managed'],
};

/** Source: Illumio Core "Explorer" and "Traffic" CSV exports; the fields of common flow collectors. */
export const flowHeadings: Headings = {
	source: [
		...[
			'source',
			'src',
			'sourcename',
			'sourcehostname',
			'consumerhostname',
			'consumername',
			'consumer',
			'from',
			'client',
		],
		...['sourceworkload', 'srchost', 'srcname'],
	],
	sourceAddress: [
		'sourceip',
		'consumerip',
		'srcip',
		'srcaddr',
		'sourceaddress',
		'sourceipaddress',
		'clientip',
		'consumeriplist',
	],
	sourcePort: ['sourceport', 'srcport', 'sport', 'consumerport'],
	destination: [
		...['destination', 'dst', 'dest', 'destinationname', 'destinationhostname', 'providerhostname', 'providername'],
		...['provider', 'to', 'destinationworkload', 'dsthost', 'dstname', 'destinationfqdn', 'providerfqdn'],
	],
	destinationAddress: [
		...[
			'destinationip',
			'providerip',
			'dstip',
			'dstaddr',
			'destinationaddress',
			'destinationipaddress',
			'serverip',
			'destip',
		],
	],
	port: ['port', 'destinationport', 'dstport', 'destport', 'dport', 'providerport', 'serviceport', 'portprotocol'],
	protocol: ['protocol', 'proto', 'providerprotocol', 'ipprotocol', 'transport'],
	count: ['count', 'flows', 'numflows', 'numberofflows', 'connections', 'sessions', 'hits'],
	verdict: ['action', 'verdict', 'decision', 'policydecision', 'reportedpolicydecision', 'status'],
};
