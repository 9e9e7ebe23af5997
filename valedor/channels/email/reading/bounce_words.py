"""How mail servers say what became of a message, in their own words and in several languages."""

import re

SERVER = re.compile(
    r"mailer-daemon|mail-daemon|mdaemon|postmaster|microsoftexchange[0-9a-f]*@"
    r"|mail[ .]delivery[ .](?:sub)?system|mail delivery service",
    re.IGNORECASE,
)
"""What a server calls itself where a person would have a name."""


def _any_of(*phrases: str) -> "re.Pattern[str]":
    return re.compile("|".join(phrases), re.IGNORECASE)


FAILED = _any_of(
    r"(?:permanent|fatal) (?:error|fail)",
    r"could(?: not|n't) (?:be delivered|deliver)",
    r"(?:unable|failed) to deliver",
    r"wasn't able to deliver",
    r"was(?:n't| not) (?:delivered|accepted)",
    r"undeliver(?:able|ed)",
    r"delivery (?:has )?fail(?:ed|ure)",
    r"mail failure",
    r"failure notice",
    r"delivery to the following",
    r"(?:delivery|message) [^\n]{0,40}was (?:aborted|rejected|automatically rejected)",
    r"did not reach",
    r"returned (?:mail|to sender)",
    r"non[- ]?deliver",
    r"unknown user|user (?:unknown|not found)|no such user",
    r"mailbox (?:is )?full",
    r"can(?:no|')t be delivered",
    r"gave up",
    r"no se (?:puede|pudo|ha podido) entregar",
    r"error (?:en|de) (?:la )?entrega",
    r"no (?:se )?(?:ha sido )?entregad[oa]",
    r"no (?:s'ha pogut|es pot) lliurar",
    r"error (?:en el|de) lliurament",
    r"no (?:s'ha )?lliurat",
    r"n[aã]o (?:foi|p[oô]de|[eé]) (?:poss[ií]vel |ser )?entreg",
    r"falha (?:na|de) entrega",
    r"n[aã]o entregue",
)

DELAYED = _any_of(
    r"\bdelay(?:ed)?\b",
    r"not (?:yet )?been delivered",
    r"still (?:being )?(?:retr|try)",
    r"will (?:be retried|continue|keep|try|retry)",
    r"temporar(?:y|ily) (?:problem|fail)",
    r"warning: message",
    r"se ha (?:retrasado|demorado)",
    r"entrega (?:demorada|retrasada|atrasada)",
    r"todav[ií]a no se ha entregado",
    r"seguir[aá] intent",
    r"encara no s'ha (?:pogut )?lliurat?",
    r"lliurament endarrerit",
    r"ainda n[aã]o foi entregue",
    r"continuar[aá] tent",
)

FOR_GOOD = _any_of(
    r"permanent",
    r"g[ai]v(?:e|en|ing) up",
    r"not going to try again",
    r"retry time(?:out)? (?:not reached|exceeded)",
    r"no longer",
    r"(?<![\d.])5\.\d{1,3}\.\d{1,3}",
)
"""What shows that nothing more will be tried, whatever else is said of delays."""

COPY_BEGINS = re.compile(
    r"^(?:-{2,}[^\n]{0,20}(?:copy of (?:the|your) message|original message|unsent message"
    r"|returned message|message (?:follows|header)|below this line|undelivered message"
    r"|this is a copy|mensaje original|missatge original|mensagem original)"
    r"|Original message (?:headers|details)|Encabezados de mensajes? original(?:es)?"
    r"|Capçaleres originals|Cabeçalhos de mensagem original|Received: )[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Where the report ends and the message that was sent begins."""
