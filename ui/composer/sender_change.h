#pragma once

#include "desk/outbox.h"
#include "desk/values.h"
#include "style/panel.h"

class QPushButton;

namespace longcode::composer {

class TonedLabel;

/// A sender and what a segment from it costs.
struct SenderOffer {
    desk::Sender sender;
    desk::PriceEstimate price;
};

/// What another sender means for the customer and for us, whole sentences, the weightiest first. `customer`:
/// his name or number, in a sentence of ours. Pure.
[[nodiscard]] QStringList senderConsequences(const SenderOffer &present, const SenderOffer &chosen,
                                             const QString &customer);

/// Says what a change of the sender means before it is made. UI thread.
class SenderChangeBar final : public style::Panel {
    Q_OBJECT
public:
    explicit SenderChangeBar(QWidget *parent = nullptr);

    void ask(const SenderOffer &present, const SenderOffer &chosen, const QString &customer);

Q_SIGNALS:
    void changeChosen(const longcode::phone::Address &own);
    void keepChosen();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    phone::Address m_chosen;
    TonedLabel *m_title;
    TonedLabel *m_words;
    QPushButton *m_change;
    QPushButton *m_keep;
};

} // namespace longcode::composer
