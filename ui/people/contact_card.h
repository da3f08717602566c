#pragma once

#include "base/clock.h"
#include "contacts/contact.h"
#include "phone/phone.h"

#include <QWidget>

class QFormLayout;
class QPushButton;
class QVBoxLayout;

namespace longcode::style {
class Avatar;
class ElidedLabel;
} // namespace longcode::style

namespace longcode::people {

/// What is known of one contact, to be read, with what can be done about it. The clock outlives it. UI
/// thread.
class ContactCard final : public QWidget {
    Q_OBJECT
public:
    explicit ContactCard(const Clock &clock, QWidget *parent = nullptr);

    void setContact(const contacts::Contact &contact, const phone::Region &home);
    [[nodiscard]] const contacts::Contact &contact() const { return m_contact; }

Q_SIGNALS:
    void editRequested();
    void removeRequested();
    void textRequested(const longcode::phone::Address &number);

private:
    void addNumbers(const phone::Region &home);
    void addFacts();
    void addFact(const QString &label, const QString &value, const QString &objectName);

    const Clock &m_clock;
    contacts::Contact m_contact;
    style::Avatar *m_disc;
    style::ElidedLabel *m_title;
    style::ElidedLabel *m_subtitle;
    QPushButton *m_edit;
    QPushButton *m_remove;
    QWidget *m_facts = nullptr; ///< made anew for each contact
    QFormLayout *m_form = nullptr;
    QVBoxLayout *m_column;
};

} // namespace longcode::people
