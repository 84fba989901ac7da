-- What no collection has: the states of articles that may be purged.
CREATE INDEX states_left ON states (article) WHERE collections = '[]';
