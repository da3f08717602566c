#pragma once

#include "desk/opt_outs.h"

#include <QWidget>

class QPushButton;

namespace longcode::composer {

class TonedLabel;

/// What stands where the composer would be while the customer must not be texted: who opted out, when, with
/// which word, from which senders, and how it is lifted. UI thread.
class OptOutSign final : public QWidget {
    Q_OBJECT
public:
    explicit OptOutSign(QWidget *parent = nullptr);

    /// `hasOtherProfiles`: the account could text the customer from another profile, and must not.
    void say(const desk::Block &block, bool hasOtherProfiles);

Q_SIGNALS:
    void noteRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    desk::BlockKind m_kind = desk::BlockKind::Keyword;
    TonedLabel *m_title;
    TonedLabel *m_what;
    TonedLabel *m_lifted;
    TonedLabel *m_others;
    QPushButton *m_note;
};

} // namespace longcode::composer
