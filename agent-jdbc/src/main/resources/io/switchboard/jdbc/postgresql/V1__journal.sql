-- Who writes last wins: an epoch is given once in the life of the database
create sequence switchboard_epoch;

create table switchboard_session (
	path varchar(1024) primary key,
	epoch bigint not null,
	last_write bigint not null,
	last_event bigint not null,
	definition varchar(200) not null,
	conversation_turn varchar(200),
	conversation text,
	quarantine text,
	owner text,
	opened_at timestamp with time zone not null,
	touched_at timestamp with time zone not null
);

create table switchboard_turn (
	path varchar(1024) not null,
	turn varchar(200) not null,
	number bigint generated always as identity,
	message text not null,
	idempotency_key varchar(200) unique,
	accepted_at timestamp with time zone not null,
	outcome varchar(200),
	ended_at timestamp with time zone,
	primary key (path, turn)
);

create index switchboard_turn_ended on switchboard_turn (ended_at, number);

create table switchboard_step (
	path varchar(1024) not null,
	turn varchar(200) not null,
	step integer not null,
	epoch bigint not null,
	kind varchar(200) not null,
	content text not null,
	written_at timestamp with time zone not null,
	primary key (path, turn, step)
);

create table switchboard_event (
	path varchar(1024) not null,
	id bigint not null,
	turn varchar(200),
	epoch bigint not null,
	type varchar(200) not null,
	content text not null,
	shown_at timestamp with time zone not null,
	primary key (path, id)
);

create index switchboard_event_shown on switchboard_event (shown_at);
