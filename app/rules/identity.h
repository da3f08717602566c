#pragma once

#include "rules/subject.h"

/// Who files: the same facts of a brand and of a toll-free request, under their own field names.
namespace longcode::rules {

struct FieldValue {
    QString field;
    QString value;
};

struct Identity {
    QString entityType;
    QString country; ///< ISO 3166-1 alpha-2 as given; a toll-free request gives that of its registration
    FieldValue legalName;
    FieldValue website;
    QList<FieldValue> mails;
    QList<FieldValue> phones;
    QList<FieldValue> streets;
    FieldValue state;
    FieldValue postalCode;
};

/// Of a brand or toll-free filing.
[[nodiscard]] Identity identityOf(const Subject &subject);

} // namespace longcode::rules
